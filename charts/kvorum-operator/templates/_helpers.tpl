{{- define "kvorum.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/* A release that is named after the chart gives its own name. */}}
{{- define "kvorum.fullname" -}}
{{- $name := include "kvorum.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "kvorum.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "kvorum.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "kvorum.selector" -}}
app.kubernetes.io/name: {{ include "kvorum.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "kvorum.labels" -}}
{{ include "kvorum.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: kvorum
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Pods of nodes, wherever they run: the labels that the operator puts on them. */}}
{{- define "kvorum.nodes" -}}
matchLabels:
  app.kubernetes.io/managed-by: kvorum-operator
matchExpressions:
- {key: kvorum.dev/cluster, operator: Exists}
{{- end -}}

{{/* What a schema cannot say: values that contradict one another. */}}
{{- define "kvorum.contradictions" -}}
{{- with .Values.leaderElection -}}
{{- if and (not .enabled) (gt (int $.Values.replicas) 1) -}}
{{- fail (printf "replicas is %d and leaderElection.enabled is false: two operators would act at once; set replicas to 1 or enable leaderElection" (int $.Values.replicas)) -}}
{{- end -}}
{{- if ge (int .renewDeadlineSeconds) (int .leaseDurationSeconds) -}}
{{- fail (printf "leaderElection.renewDeadlineSeconds %d is not below leaseDurationSeconds %d: a leader must give up before another may begin" (int .renewDeadlineSeconds) (int .leaseDurationSeconds)) -}}
{{- end -}}
{{- if ge (int .retryPeriodSeconds) (int .renewDeadlineSeconds) -}}
{{- fail (printf "leaderElection.retryPeriodSeconds %d is not below renewDeadlineSeconds %d: a leader could not try twice" (int .retryPeriodSeconds) (int .renewDeadlineSeconds)) -}}
{{- end -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty: name the account that the operator runs as" -}}
{{- end -}}
{{- end -}}

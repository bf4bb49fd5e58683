package dev.kvorum.local.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;

/** Compiles expressions over {@code self} and {@code oldSelf} with the functions that Kubernetes offers. */
final class Expressions {

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final Cel PLAIN_OLD_SELF = environment(SimpleType.DYN);
    private static final Cel OPTIONAL_OLD_SELF = environment(OptionalType.create(SimpleType.DYN));

    private Expressions() {}

    static Program compile(String path, String expression, OldSelf oldSelf) {
        Cel cel = switch (oldSelf) {
            case PLAIN -> PLAIN_OLD_SELF;
            case OPTIONAL -> OPTIONAL_OLD_SELF;
        };
        try {
            return cel.createProgram(cel.compile(expression).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidRuleException(path, expression, String.valueOf(e.getMessage()));
        }
    }

    private static Cel environment(CelType oldSelf) {
        return CelFactory.plannerCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addVar("oldSelf", oldSelf)
                .addCompilerLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
                .addRuntimeLibraries(CelExtensions.optional(), CelExtensions.strings(), CelExtensions.sets(OPTIONS))
                .addFunctionDeclarations(Quantities.DECLARATIONS)
                .addFunctionBindings(ImmutableList.copyOf(Quantities.BINDINGS))
                .build();
    }

    /** Whether {@code oldSelf} is the value itself or an optional one ({@code optionalOldSelf: true}). */
    enum OldSelf {
        PLAIN,
        OPTIONAL
    }
}

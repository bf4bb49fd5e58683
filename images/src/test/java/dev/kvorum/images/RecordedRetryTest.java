package dev.kvorum.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecordedRetryTest {

    private static final ClassDesc RETRY = ClassDesc.of("io.javaoperatorsdk.operator.processing.retry.GenericRetry");

    @Test
    void buildsThatSetTheDefaultAndThatLeaveItBecomeTheSame() throws IOException {
        byte[] set = type(code -> pause(code, 2_000).pop());
        byte[] left = type(code -> {});

        assertThat(set).isNotEqualTo(left);
        assertThat(RecordedRetry.withoutDefault(set)).isEqualTo(RecordedRetry.withoutDefault(left));
    }

    @Test
    void whatIsSetBesideItStays() throws IOException {
        byte[] rewritten =
                RecordedRetry.withoutDefault(type(code -> pause(code, 2_000).pop()));

        assertThat(ClassFile.of()
                        .parse(rewritten)
                        .methods()
                        .getFirst()
                        .code()
                        .orElseThrow()
                        .elementStream())
                .filteredOn(InvokeInstruction.class::isInstance)
                .extracting(call -> ((InvokeInstruction) call).name().stringValue())
                .containsExactly("<init>", "setMaxAttempts");
    }

    /** One build in two would forget it. */
    @Test
    void anotherPauseThanTheDefaultIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RecordedRetry.withoutDefault(
                        type(code -> pause(code, 500).pop())))
                .withMessageContaining("set it in application.properties");
    }

    @Test
    void aDefaultThatIsSetInOtherWordsIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RecordedRetry.withoutDefault(
                        type(code -> pause(code, 2_000).astore(2))));
    }

    @Test
    void theClassIsKnownByItsName() {
        String recorded = "io/quarkus/runner/recorded/";
        assertThat(RecordedRetry.isIn(recorded + "OperatorSDKProcessor$updateControllerConfigurations17.class"))
                .isTrue();
        assertThat(RecordedRetry.isIn(recorded + "ArcProcessor$setup17.class")).isFalse();
    }

    private static CodeBuilder pause(CodeBuilder code, long ms) {
        return code.aload(1)
                .loadConstant(ms)
                .invokevirtual(RETRY, "setInitialInterval", MethodTypeDesc.of(RETRY, ConstantDescs.CD_long));
    }

    /** Makes a retry and sets how often it tries, after what is given. */
    private static byte[] type(Consumer<CodeBuilder> first) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("Recorded"),
                        type -> type.withMethodBody(
                                "deploy", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_PUBLIC, code -> {
                                    code.new_(RETRY).dup().invokespecial(RETRY, "<init>", ConstantDescs.MTD_void);
                                    code.astore(1);
                                    first.accept(code);
                                    code.aload(1)
                                            .loadConstant(5)
                                            .invokevirtual(
                                                    RETRY,
                                                    "setMaxAttempts",
                                                    MethodTypeDesc.of(RETRY, ConstantDescs.CD_int))
                                            .pop()
                                            .return_();
                                }));
    }
}

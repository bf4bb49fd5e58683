package dev.kvorum.images;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.BitSet;
import java.util.List;

/**
 * Takes out of a recorded class what says again that the SDK's retry begins with its default pause.
 *
 * <p>Quarkus records an object by its setters, of one name only the one that the JVM lists last, and only where it
 * takes what the getter gives. The retry has two setters of its first pause, a long and a duration, and in which order
 * the JVM lists them depends on where their names lie in memory. So one build sets the default, and the next leaves it
 * be: here all do.
 */
final class RecordedRetry {

    private static final String RETRY = "io/javaoperatorsdk/operator/processing/retry/GenericRetry";
    private static final String SETTER = "setInitialInterval";
    private static final Long DEFAULT_MS = 2_000L;

    /** The object, the value, the call, and away with the object that the call returns. */
    private static final int INSTRUCTIONS = 4;

    private static final ClassFile ANEW = ClassFile.of(ConstantPoolSharingOption.NEW_POOL);

    private RecordedRetry() {}

    /** Whether the class in this file of the generated jar is the one. */
    static boolean isIn(String entry) {
        return entry.contains("OperatorSDKProcessor$updateControllerConfigurations") && entry.endsWith(".class");
    }

    /**
     * The same class written anew.
     *
     * @throws IOException if the pause is set to something else, or in other words than these
     */
    static byte[] withoutDefault(byte[] type) throws IOException {
        ClassModel model = ANEW.parse(type);
        for (MethodModel method : model.methods()) {
            if (method.code().isPresent()) {
                check(method.code().get().elementList());
            }
        }
        return ANEW.transformClass(model, ClassTransform.transformingMethods((method, element) -> {
            if (element instanceof CodeModel code) {
                method.transformCode(code, without(positions(code.elementList())));
            } else {
                method.with(element);
            }
        }));
    }

    private static void check(List<CodeElement> elements) throws IOException {
        long calls = elements.stream().filter(RecordedRetry::isCall).count();
        if (positions(elements).cardinality() != calls * INSTRUCTIONS) {
            throw new IOException("the operator was packaged with a first pause of its retry other than " + DEFAULT_MS
                    + " ms, which would be lost in every other build; set it in application.properties");
        }
    }

    private static CodeTransform without(BitSet positions) {
        return CodeTransform.ofStateful(() -> new CodeTransform() {
            private int at;

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                if (!positions.get(at++)) {
                    code.with(element);
                }
            }
        });
    }

    private static BitSet positions(List<CodeElement> elements) {
        var positions = new BitSet();
        for (int call = 2; call < elements.size() - 1; call++) {
            if (isCall(elements.get(call))
                    && elements.get(call - 2) instanceof LoadInstruction
                    && elements.get(call - 1) instanceof ConstantInstruction value
                    && value.constantValue().equals(DEFAULT_MS)
                    && elements.get(call + 1) instanceof StackInstruction after
                    && after.opcode() == Opcode.POP) {
                positions.set(call - 2, call - 2 + INSTRUCTIONS);
            }
        }
        return positions;
    }

    private static boolean isCall(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.name().equalsString(SETTER)
                && call.owner().asInternalName().equals(RETRY);
    }
}

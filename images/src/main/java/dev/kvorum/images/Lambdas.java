package dev.kvorum.images;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lambdas of a class, as lines of the JVM's list of classes to archive: each has a class that the JVM would else
 * make at run time. Format: the one that {@code -XX:DumpLoadedClassList} writes in JDK 25.
 */
final class Lambdas {

    private static final int ARGUMENTS_OF_METAFACTORY = 3;

    private Lambdas() {}

    /** In a fixed order; none of an empty file. */
    static List<String> in(byte[] classFile) {
        if (classFile.length == 0) {
            return List.of();
        }
        ClassModel model = ClassFile.of().parse(classFile);
        String owner = model.thisClass().asInternalName();
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(InvokeDynamicInstruction.class::cast)
                .flatMap(call -> line(owner, call))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> line(String owner, InvokeDynamicInstruction call) {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        boolean isPlainLambda =
                call.bootstrapMethod().owner().descriptorString().endsWith("/LambdaMetafactory;")
                        && call.bootstrapMethod().methodName().equals("metafactory")
                        && arguments.size() == ARGUMENTS_OF_METAFACTORY;
        if (!isPlainLambda
                || !(arguments.get(0) instanceof MethodTypeDesc interfaceMethod)
                || !(arguments.get(1) instanceof DirectMethodHandleDesc body)
                || !(arguments.get(2) instanceof MethodTypeDesc instantiated)) {
            return Stream.empty();
        }
        return Stream.of(String.join(
                " ",
                "@lambda-proxy",
                owner,
                call.name().stringValue(),
                call.type().stringValue(),
                interfaceMethod.descriptorString(),
                kind(body),
                internalName(body),
                body.methodName(),
                body.lookupDescriptor(),
                instantiated.descriptorString()));
    }

    private static String kind(DirectMethodHandleDesc body) {
        return switch (body.kind()) {
            case STATIC, INTERFACE_STATIC -> "REF_invokeStatic";
            case VIRTUAL -> "REF_invokeVirtual";
            case INTERFACE_VIRTUAL -> "REF_invokeInterface";
            case SPECIAL, INTERFACE_SPECIAL -> "REF_invokeSpecial";
            case CONSTRUCTOR -> "REF_newInvokeSpecial";
            case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER ->
                throw new IllegalArgumentException("a lambda has a method, not a field: " + body);
        };
    }

    private static String internalName(DirectMethodHandleDesc body) {
        String descriptor = body.owner().descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }
}

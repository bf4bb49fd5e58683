package dev.kvorum.local.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;

/**
 * Kubernetes' quantity functions: {@code quantity}, {@code isQuantity}, {@code compareTo}, {@code isGreaterThan},
 * {@code isLessThan}, {@code isInteger}, {@code asInteger}, {@code sign}.
 */
final class Quantities {

    private static final CelType ANY = SimpleType.DYN;

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            global("quantity", ANY, SimpleType.STRING),
            global("isQuantity", SimpleType.BOOL, SimpleType.STRING),
            member("compareTo", SimpleType.INT, ANY, ANY),
            member("isGreaterThan", SimpleType.BOOL, ANY, ANY),
            member("isLessThan", SimpleType.BOOL, ANY, ANY),
            member("isInteger", SimpleType.BOOL, ANY),
            member("asInteger", SimpleType.INT, ANY),
            member("sign", SimpleType.INT, ANY));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("quantity_kvorum", String.class, Quantities::parse),
            CelFunctionBinding.from("isQuantity_kvorum", String.class, Quantities::isQuantity),
            CelFunctionBinding.from(
                    "compareTo_kvorum", Amount.class, Amount.class, (a, b) -> (long) a.value.compareTo(b.value)),
            CelFunctionBinding.from(
                    "isGreaterThan_kvorum", Amount.class, Amount.class, (a, b) -> a.value.compareTo(b.value) > 0),
            CelFunctionBinding.from(
                    "isLessThan_kvorum", Amount.class, Amount.class, (a, b) -> a.value.compareTo(b.value) < 0),
            CelFunctionBinding.from("isInteger_kvorum", Amount.class, Amount::isInteger),
            CelFunctionBinding.from("asInteger_kvorum", Amount.class, a -> a.value.longValueExact()),
            CelFunctionBinding.from("sign_kvorum", Amount.class, a -> (long) a.value.signum()));

    private Quantities() {}

    private static Amount parse(String text) {
        return new Amount(Quantity.getAmountInBytes(Quantity.parse(text)));
    }

    private static boolean isQuantity(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static CelFunctionDecl global(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name + "_kvorum", result, parameters));
    }

    private static CelFunctionDecl member(String name, CelType result, CelType... parameters) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(name + "_kvorum", result, parameters));
    }

    /** An exact amount, whatever unit it was written in. */
    private record Amount(BigDecimal value) {

        boolean isInteger() {
            return value.stripTrailingZeros().scale() <= 0;
        }
    }
}

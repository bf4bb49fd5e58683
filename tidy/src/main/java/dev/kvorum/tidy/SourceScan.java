package dev.kvorum.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import dev.kvorum.tidy.JavaSource.DeclaredMethod;
import dev.kvorum.tidy.JavaSource.DeclaredType;
import dev.kvorum.tidy.JavaSource.Trait;
import dev.kvorum.tidy.JavaSource.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** One walk over a syntax tree that collects what {@link JavaSource} shows. */
final class SourceScan extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final TreeFile file;
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final Deque<ClassTree> enclosing = new ArrayDeque<>();
    private final List<DeclaredType> types = new ArrayList<>();
    private final List<DeclaredMethod> methods = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();

    SourceScan(TreeFile file, CompilationUnitTree unit, DocTrees trees) {
        this.file = file;
        this.unit = unit;
        this.trees = trees;
    }

    JavaSource read() {
        scan(unit, null);
        String packageName =
                unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        return new JavaSource(file, packageName, List.copyOf(types), List.copyOf(methods), List.copyOf(uses));
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        if (!type.getSimpleName().isEmpty()) {
            types.add(new DeclaredType(type.getSimpleName().toString(), lineOf(type), traitsOf(type)));
        }
        enclosing.push(type);
        super.visitClass(type, null);
        enclosing.pop();
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        ClassTree owner = enclosing.getFirst();
        boolean constructor = method.getReturnType() == null;
        if (!(constructor && owner.getKind() == Kind.RECORD)) {
            String name = owner.getSimpleName() + (constructor ? "" : "." + method.getName());
            int lines = lastLineOf(method) - lineOf(method) + 1;
            int parameters = method.getParameters().size();
            methods.add(new DeclaredMethod(name, lineOf(method), lines, parameters, traitsOf(method, owner)));
        }
        return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        if (call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals("sleep")) {
            uses.add(new Use("sleep", lineOf(call)));
        }
        return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitPrimitiveType(PrimitiveTypeTree type, @Nullable Void unused) {
        if (type.getPrimitiveTypeKind() == TypeKind.DOUBLE || type.getPrimitiveTypeKind() == TypeKind.FLOAT) {
            uses.add(new Use(type.toString(), lineOf(type)));
        }
        return super.visitPrimitiveType(type, null);
    }

    private List<Trait> traitsOf(ClassTree type) {
        List<Trait> traits = new ArrayList<>();
        if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            traits.add(Trait.PUBLIC);
        }
        if (enclosing.isEmpty()) {
            traits.add(Trait.TOP_LEVEL);
        }
        if (trees.getDocComment(getCurrentPath()) != null) {
            traits.add(Trait.DOCUMENTED);
        }
        if (!type.getModifiers().getAnnotations().isEmpty()) {
            traits.add(Trait.ANNOTATED);
        }
        return List.copyOf(traits);
    }

    private static List<Trait> traitsOf(MethodTree method, ClassTree owner) {
        List<Trait> traits = new ArrayList<>();
        if (method.getModifiers().getFlags().contains(Modifier.PUBLIC) || owner.getKind() == Kind.INTERFACE) {
            traits.add(Trait.PUBLIC);
        }
        if (method.getReturnType() == null) {
            traits.add(Trait.CONSTRUCTOR);
        }
        if (isOverride(method.getModifiers())) {
            traits.add(Trait.OVERRIDES);
        }
        if (method.getParameters().stream().anyMatch(SourceScan::isBoolean)) {
            traits.add(Trait.TAKES_BOOLEAN);
        }
        return List.copyOf(traits);
    }

    private static boolean isOverride(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private static boolean isBoolean(VariableTree parameter) {
        return parameter.getType() instanceof PrimitiveTypeTree primitive
                && primitive.getPrimitiveTypeKind() == TypeKind.BOOLEAN;
    }

    private int lineOf(com.sun.source.tree.Tree tree) {
        return lineAt(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    private int lastLineOf(com.sun.source.tree.Tree tree) {
        return lineAt(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    private int lineAt(long position) {
        return position < 0 ? 1 : (int) unit.getLineMap().getLineNumber(position);
    }
}

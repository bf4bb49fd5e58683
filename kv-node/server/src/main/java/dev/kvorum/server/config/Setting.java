package dev.kvorum.server.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a record component a key of {@code kv-node.yaml} of the same name. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** The value without a word from the operator, in the form it has in the file; empty for none. */
    String byDefault() default "";

    /** The default in words, where it is worked out at the start. */
    String otherwise() default "";

    /** What a number counts: {@code bytes}, {@code ms}, … */
    String unit() default "";

    long least() default 0;

    long most() default Long.MAX_VALUE;
}

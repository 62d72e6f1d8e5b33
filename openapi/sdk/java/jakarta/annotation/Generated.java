package jakarta.annotation;

/** Generated code marks itself with it. Nothing reads it while the story runs; a real project takes it from Maven. */
public @interface Generated {
  String[] value();

  String date() default "";

  String comments() default "";
}

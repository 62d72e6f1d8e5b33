package jakarta.annotation;

/** Generated code marks with it what is never null. Nothing reads it while the story runs; a real project takes it from Maven. */
public @interface Nonnull {}

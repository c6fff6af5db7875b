declare const brand: unique symbol

/** A primitive that carries its meaning in the type: a bare number never means time, a bare string never an id. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }

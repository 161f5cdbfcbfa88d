package dev.kodo.model;

/** How much of a schema a server takes. */
enum SchemaLevel {
  FULL,
  /** Without lengths and bounds of numbers; the values of an enum stay. */
  PLAIN,
  /** No schema at all. */
  NONE
}

/** The local Camunda 8 engine. */
@NullMarked
package dev.kodo.kernel.engine;

import org.jspecify.annotations.NullMarked;

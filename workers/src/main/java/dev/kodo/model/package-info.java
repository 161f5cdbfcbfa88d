/** The one port to language models. No other package imports a model library. */
@NullMarked
package dev.kodo.model;

import org.jspecify.annotations.NullMarked;

/**
 * The one door to the models. It checks that layer 0 leads the prompt and that the call is bounded,
 * sets its worst case aside, adds the provider's key, forwards it in its own writing, counts what
 * came back and writes it down.
 */
@NullMarked
package dev.kodo.kernel.guard;

import org.jspecify.annotations.NullMarked;

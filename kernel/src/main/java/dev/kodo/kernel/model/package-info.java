/** Which language model is there to be used. */
@NullMarked
package dev.kodo.kernel.model;

import org.jspecify.annotations.NullMarked;

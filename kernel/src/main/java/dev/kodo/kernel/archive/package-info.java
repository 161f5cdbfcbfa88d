/** Archives that are unpacked once into the cache. */
@NullMarked
package dev.kodo.kernel.archive;

import org.jspecify.annotations.NullMarked;

/** What tests share: a real database, a settable clock, and job runs without an engine. */
@NullMarked
package dev.kodo.testing;

import org.jspecify.annotations.NullMarked;

/** Tests of tiers, alerts and questions on a real database. */
@NullMarked
package dev.kodo.survival;

import org.jspecify.annotations.NullMarked;

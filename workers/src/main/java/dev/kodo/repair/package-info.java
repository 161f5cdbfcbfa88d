/** Steps of processes that are stuck: finding them, trying again, asking a person. */
@NullMarked
package dev.kodo.repair;

import org.jspecify.annotations.NullMarked;

/**
 * One request to one endpoint, with its failures told apart. Shared by the wire formats; knows
 * nothing of the rest of Kodo.
 */
@NullMarked
package dev.kodo.model.http;

import org.jspecify.annotations.NullMarked;

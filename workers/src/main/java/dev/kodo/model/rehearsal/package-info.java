/**
 * The rules of the rehearsal: extractive summaries and templates over the material. Deterministic,
 * and no language model; every text that it writes says so.
 */
@NullMarked
package dev.kodo.model.rehearsal;

import org.jspecify.annotations.NullMarked;

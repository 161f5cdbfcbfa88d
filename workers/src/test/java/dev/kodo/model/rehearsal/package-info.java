@NullMarked
package dev.kodo.model.rehearsal;

import org.jspecify.annotations.NullMarked;

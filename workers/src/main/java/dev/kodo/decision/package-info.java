/** Questions put to people, and their answers: the record beside the user tasks on the diagrams. */
@NullMarked
package dev.kodo.decision;

import org.jspecify.annotations.NullMarked;

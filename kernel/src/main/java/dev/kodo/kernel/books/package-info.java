/** The guard's own schema in the database: the books that the workers can read and never write. */
@NullMarked
package dev.kodo.kernel.books;

import org.jspecify.annotations.NullMarked;

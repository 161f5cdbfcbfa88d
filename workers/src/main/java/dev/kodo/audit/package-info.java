/** What the body reports about itself to the kernel's audit log: late perhaps, but not lost. */
@NullMarked
package dev.kodo.audit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.kodo.audit;

import org.jspecify.annotations.NullMarked;

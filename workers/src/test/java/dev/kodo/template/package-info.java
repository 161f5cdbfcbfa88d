@NullMarked
package dev.kodo.template;

import org.jspecify.annotations.NullMarked;

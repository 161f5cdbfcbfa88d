/** The settings in kodo.yml: one table of keys, their rules and their documentation. */
@NullMarked
package dev.kodo.kernel.config;

import org.jspecify.annotations.NullMarked;

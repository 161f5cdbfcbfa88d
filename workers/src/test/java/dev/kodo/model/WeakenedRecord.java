package dev.kodo.model;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.RecordComponentVisitor;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A copy of an answer record from which one bound is taken away. */
final class WeakenedRecord extends ClassLoader {
  private WeakenedRecord(ClassLoader parent) {
    super(parent);
  }

  static Class<? extends Record> of(
      Class<? extends Record> answer, RecordComponent component, Annotation bound) {
    byte[] weakened =
        without(bytes(answer), component.getName(), Type.getDescriptor(bound.annotationType()));
    return new WeakenedRecord(answer.getClassLoader())
        .defineClass(answer.getName(), weakened, 0, weakened.length)
        .asSubclass(Record.class);
  }

  private static byte[] without(byte[] answer, String component, String bound) {
    ClassWriter written = new ClassWriter(0);
    new ClassReader(answer)
        .accept(
            new ClassVisitor(Opcodes.ASM9, written) {
              @Override
              public RecordComponentVisitor visitRecordComponent(
                  String name, String descriptor, @Nullable String signature) {
                RecordComponentVisitor kept =
                    super.visitRecordComponent(name, descriptor, signature);
                return name.equals(component) ? leaving(bound, kept) : kept;
              }
            },
            0);
    return written.toByteArray();
  }

  private static RecordComponentVisitor leaving(String bound, RecordComponentVisitor kept) {
    return new RecordComponentVisitor(Opcodes.ASM9, kept) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return descriptor.equals(bound) ? null : super.visitAnnotation(descriptor, visible);
      }
    };
  }

  private static byte[] bytes(Class<?> answer) {
    String file = "/" + answer.getName().replace('.', '/') + ".class";
    try (InputStream in = answer.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("Expected the class file " + file);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}

package dev.kodo.kernel.audit;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, grown leaf by leaf. Leaves and inner nodes are
 * hashed with different first bytes, so neither can pose as the other.
 */
final class MerkleTree {
  private final MessageDigest sha256 = Hash.sha256();

  /** Roots of complete subtrees, the smallest first. */
  private final Deque<Subtree> subtrees = new ArrayDeque<>();

  private int size;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Subtree(int leaves, byte[] root) {}

  int size() {
    return size;
  }

  void add(byte[] content, int start, int length) {
    sha256.update((byte) 0);
    sha256.update(content, start, length);
    Subtree grown = new Subtree(1, sha256.digest());
    while (!subtrees.isEmpty() && subtrees.getFirst().leaves() == grown.leaves()) {
      grown = joined(subtrees.removeFirst(), grown);
    }
    subtrees.addFirst(grown);
    size++;
  }

  void add(Hash leaf) {
    add(leaf.bytes(), 0, Hash.BYTES);
  }

  /** The hash over all leaves so far; SHA-256 of nothing when there are none. */
  Hash root() {
    if (subtrees.isEmpty()) {
      return Hash.of(new byte[0]);
    }
    Iterator<Subtree> fromSmallest = subtrees.iterator();
    Subtree root = fromSmallest.next();
    while (fromSmallest.hasNext()) {
      root = joined(fromSmallest.next(), root);
    }
    return Hash.known(root.root());
  }

  void clear() {
    subtrees.clear();
    size = 0;
  }

  private Subtree joined(Subtree left, Subtree right) {
    sha256.update((byte) 1);
    sha256.update(left.root());
    return new Subtree(left.leaves() + right.leaves(), sha256.digest(right.root()));
  }
}

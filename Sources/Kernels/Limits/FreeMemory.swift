import Glibc

/// Memory that was freed and that the allocator keeps for later.
public enum FreeMemory {
  /// Gives it back to the system, so that what is measured next does not seem to need what came before.
  ///
  /// Nothing happens with an allocator that cannot do it.
  public static func giveBack() {
    // The function is in no header that Swift can import.
    typealias Trim = @convention(c) (Int) -> Int32
    guard let trim = unsafe dlsym(nil, "malloc_trim") else { return }
    _ = unsafe unsafeBitCast(trim, to: Trim.self)(0)
  }
}

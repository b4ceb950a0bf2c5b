import Glibc

/// Memory that was freed and that the allocator keeps for later.
///
/// Nothing happens with an allocator that cannot do what is asked: its functions are in no header that Swift can import.
public enum FreeMemory {
  /// Lets the allocator keep up to 64 MiB of it, where it would give back most at once.
  ///
  /// Sweeps ask for arrays of a few megabytes again and again, and the system's clearing of pages that were just given
  /// back takes up to a tenth of the time of a backtest. It holds for the whole process, so it is for programs to ask for.
  public static func keep() {
    typealias Set = @convention(c) (Int32, Int32) -> Int32
    guard let option = unsafe dlsym(nil, "mallopt") else { return }
    let set = unsafe unsafeBitCast(option, to: Set.self)
    // Arrays beyond 4 MiB are mapped one by one: they are few, and holes that they would leave are large.
    _ = set(mmapThreshold, 4 << 20)
    _ = set(trimThreshold, 64 << 20)
  }

  /// Gives it back to the system, so that what is measured next does not seem to need what came before.
  public static func giveBack() {
    typealias Trim = @convention(c) (Int) -> Int32
    guard let trim = unsafe dlsym(nil, "malloc_trim") else { return }
    _ = unsafe unsafeBitCast(trim, to: Trim.self)(0)
  }

  // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
  private static let trimThreshold: Int32 = -1
  private static let mmapThreshold: Int32 = -3
}

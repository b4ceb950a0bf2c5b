/// Memory that was freed and that the allocator keeps for later.
///
/// With an allocator that cannot do what is asked nothing happens.
public enum FreeMemory {
  /// Lets the allocator keep more of it, in this whole process: for programs that stay and do the same again and again.
  ///
  /// A backtest asks for arrays of megabytes. By default most are given back at once, and the system's clearing of pages
  /// for the next one takes up to a tenth of its time. A program that runs one sweep and ends gains nothing.
  public static func keep() {
    typealias Set = @convention(c) (Int32, Int32) -> Int32
    guard let set = unsafe UndeclaredFunction.named("mallopt", as: Set.self) else { return }
    _ = set(mmapThreshold, mostReused)
    _ = set(trimThreshold, mostKept)
  }

  /// Gives it back to the system, so that what is measured next does not seem to need what came before.
  public static func giveBack() {
    typealias Trim = @convention(c) (Int) -> Int32
    guard let trim = unsafe UndeclaredFunction.named("malloc_trim", as: Trim.self) else { return }
    _ = trim(0)
  }

  // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
  private static let trimThreshold: Int32 = -1
  private static let mmapThreshold: Int32 = -3
  /// Bytes of the largest array whose memory is kept for others: the most that the allocator allows.
  private static let mostReused: Int32 = 32 << 20
  /// Bytes that are kept at the end of each of the allocator's arenas: room for the largest array twice.
  private static let mostKept: Int32 = 64 << 20
}

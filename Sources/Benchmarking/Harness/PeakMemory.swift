import FoundationEssentials
import Kernels

/// The largest resident size of this process, which Linux counts anew when asked to.
public enum PeakMemory {
  /// Begins to count anew, from what is in use.
  public static func reset() {
    FreeMemory.giveBack()
    // Where the system does not allow it, the peak is that of the whole process so far.
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  }

  /// The peak since then in bytes; `nil` where the system does not tell.
  public static func read() -> Int? {
    parse(SystemText.read("/proc/self/status"))
  }

  /// The peak in the text of a process's status.
  static func parse(_ status: String) -> Int? {
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }.map { $0 * 1_024 }
    }
    return nil
  }
}

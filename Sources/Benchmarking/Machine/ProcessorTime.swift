/// What the processors have done since the system started, and how much of it for this process.
public struct ProcessorTime: Equatable, Sendable {
  /// Ticks in which any processor worked, those that a host took away included.
  let busy: Int
  /// Ticks that passed, of each processor.
  let passed: Double
  /// Ticks that this process worked, and those of its children that have ended.
  let own: Int

  /// Now; `nil` where the system does not tell.
  static var now: ProcessorTime? {
    ProcessorTime(system: SystemText.read("/proc/stat"), process: SystemText.read("/proc/self/stat"))
  }

  /// By the texts of the system and of the process.
  init?(system: String, process: String) {
    let lines = system.split(separator: "\n").prefix { $0.hasPrefix("cpu") }
    // user, nice, system, idle, waiting for devices, interrupts twice, stolen by the host; guests are in the first two.
    let ticks = lines.first?.split(separator: " ").dropFirst().prefix(8).compactMap { Int($0) } ?? []
    // The name of the program stands in parentheses and may have any character.
    let fields = process.split(separator: ")").last?.split(separator: " ").map { Int($0) } ?? []
    // user and kernel time of this process, and of its children.
    let times = fields.dropFirst(11).prefix(4).compactMap(\.self)
    guard ticks.count == 8, lines.count > 1, times.count == 4 else { return nil }
    busy = ticks.reduce(0, +) - ticks[3] - ticks[4]
    passed = Double(ticks.reduce(0, +)) / Double(lines.count - 1)
    own = times.reduce(0, +)
  }

  /// Processors that others kept busy, on average, from `start` to this time.
  func otherLoad(since start: ProcessorTime) -> Double {
    let time = passed - start.passed
    return time > 0 ? max(0, Double(busy - start.busy - (own - start.own)) / time) : 0
  }
}

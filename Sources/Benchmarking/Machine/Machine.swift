import FoundationEssentials
import Kernels
import Pipeline

/// What figures were measured on, and with what.
public struct Machine: Codable, Equatable, Sendable {
  /// The processor's name.
  public var processor: String
  /// Processors that this process may use.
  public var processors: Int
  /// The clone of the kernels that they run.
  public var processorLevel: String
  /// Sizes of the first processor's caches in bytes, such as `L2`.
  public var caches: [String: Int]
  /// Memory in bytes; `nil` where the system does not tell.
  public var memoryBytes: Int?
  /// The operating system.
  public var system: String
  /// The core whose kernels OpenBLAS used.
  public var openBLASCore: String
  /// The core that would do the processor justice, where that one is older.
  public var betterCore: String?
  /// OpenBLAS's own description of its build.
  public var openBLASBuild: String
  /// What the program was compiled with.
  public var toolchain: String
  /// `release` or `debug`.
  public var build: String

  enum CodingKeys: String, CodingKey {
    case processor, processors, caches, system, toolchain, build
    case processorLevel = "processor_level"
    case memoryBytes = "memory_bytes"
    case openBLASCore = "openblas_core"
    case betterCore = "openblas_core_of_this_processor"
    case openBLASBuild = "openblas_build"
  }

  /// What a reader of the figures has to know first, a line each.
  public var warnings: [String] {
    var lines: [String] = []
    if let betterCore {
      lines.append(
        "OpenBLAS: kernels for \(openBLASCore) are in use, older than this processor, which has those of "
          + "\(betterCore); unset \(OpenBLAS.coreVariable) or set it to \(betterCore)")
    }
    if build != "release" {
      lines.append(
        "build: found \(build), expected release; figures are many times too low, build with -c release")
    }
    return lines
  }
}

extension Machine {
  /// This machine now, with `library` in use.
  public static func current(_ library: OpenBLAS) -> Machine {
    Machine(
      processor: processor(in: SystemText.read("/proc/cpuinfo")) ?? "unknown",
      processors: ProcessInfo.processInfo.activeProcessorCount,
      processorLevel: ProcessorLevel.current.name, caches: caches(),
      memoryBytes: memory(in: SystemText.read("/proc/meminfo")),
      system: ProcessInfo.processInfo.operatingSystemVersionString, openBLASCore: library.core,
      betterCore: library.betterCore, openBLASBuild: library.configuration, toolchain: Toolchain.name,
      build: build)
  }

  /// The size of the last cache in bytes; `nil` where the system does not tell.
  var lastCache: Int? { (caches["L4"] ?? caches["L3"]) ?? caches["L2"] }

  private static var build: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  /// The name in the text of `/proc/cpuinfo`.
  static func processor(in text: String) -> String? {
    value(of: "model name", in: text)
  }

  /// The bytes in the text of `/proc/meminfo`.
  static func memory(in text: String) -> Int? {
    value(of: "MemTotal", in: text).flatMap { Int($0.prefix { $0.isNumber }) }.map { $0 * 1_024 }
  }

  /// A cache's size as Linux writes it, such as `32768K`, in bytes.
  static func cacheSize(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber }
    let unit = text.dropFirst(digits.count).first
    return Int(digits).map { $0 * (unit == "K" ? 1_024 : unit == "M" ? 1 << 20 : 1) }
  }

  private static func caches() -> [String: Int] {
    let folder = "/sys/devices/system/cpu/cpu0/cache"
    var sizes: [String: Int] = [:]
    // No processor has as many.
    for index in 0..<10 {
      let place = "\(folder)/index\(index)/"
      guard let size = cacheSize(SystemText.read(place + "size")) else { break }
      let kind = SystemText.read(place + "type")
      let suffix = kind.hasPrefix("Data") ? "d" : kind.hasPrefix("Instruction") ? "i" : ""
      sizes["L" + SystemText.read(place + "level").prefix { $0.isNumber } + suffix] = size
    }
    return sizes
  }

  /// What stands behind `key` and a colon.
  private static func value(of key: String, in text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2 else { continue }
      return String(halves[1].drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }
}

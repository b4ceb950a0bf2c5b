import COpenBLAS
import CTileKernel
import Glibc

/// The BLAS library of this process: which kernels it selected, and the cure where it selected badly.
///
/// OpenBLAS 0.3.21 does not know recent processors and falls back to kernels of 2004, four times slower. It can be
/// told in the process, through two symbols that it exports without declaring them.
public struct OpenBLAS: Equatable, Sendable {
  /// The processor core whose kernels are in use, such as `SkylakeX`.
  public let core: String
  /// The library's own description of its build.
  public let configuration: String

  /// What went wrong with the library.
  public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The build is not sound with several workers.
    case unsoundBuild(String)
    /// The selected core is older than the processor, and only a restart with the variable set can change it.
    case needsRestart(found: String, needed: String)

    public var description: String {
      switch self {
      case .unsoundBuild(let build):
        "OpenBLAS: the \(build) build is installed, several threads need the pthread build; "
          + "install libopenblas0-pthread or pass --threads 1"
      case .needsRestart(let found, let needed):
        "OpenBLAS: kernels for \(found) are in use, this processor has those of \(needed); "
          + "set \(OpenBLAS.coreVariable)=\(needed)"
      }
    }
  }

  /// The environment variable by which a user chooses the core; it always wins.
  public static let coreVariable = "OPENBLAS_CORETYPE"

  /// Prepares the library for calls from `threads` threads of ours and returns what is in use.
  ///
  /// - Throws: ``Failure``.
  public static func prepare(threads: Int) throws(Failure) -> OpenBLAS {
    if threads > 1 {
      switch openblas_get_parallel() {
      case 1: break
      case 0: throw .unsoundBuild("serial")
      default: throw .unsoundBuild("OpenMP")
      }
    }
    if let failure = selection { throw failure }
    return current
  }

  /// Makes sure that the right kernels are selected before the first product.
  static func selectOnce() {
    _ = selection
  }

  /// Selects the kernels, and what failed. It belongs to the process because the library does, and runs once, before any
  /// product, because choosing again beside one is not safe.
  private static let selection: Failure? = {
    defer {
      // The one level of parallelism is ours.
      openblas_set_num_threads(1)
      endThreads()
    }
    let found = coreInUse
    guard let needed = betterCore(than: found, processorLevel: Int(fluke_processor_level())),
      unsafe getenv(coreVariable) == nil
    else { return nil }
    return reselect(needed) ? nil : .needsRestart(found: found, needed: needed)
  }()

  /// ``prepare(threads:)``, and where only a restart helps, the program starts again with the variable set: once, since
  /// a variable that is set always wins.
  ///
  /// - Throws: ``Failure``.
  public static func prepareOrRestart(threads: Int) throws(Failure) -> OpenBLAS {
    do {
      return try prepare(threads: threads)
    } catch .needsRestart(let found, let needed) {
      unsafe setenv(coreVariable, needed, 1)
      _ = unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
      // Only a failed call returns; what is there works, if slowly.
      throw .needsRestart(found: found, needed: needed)
    }
  }

  /// What is in use, the right kernels once selected.
  public static var current: OpenBLAS { inUse }

  /// Asked for once: the library writes its description of itself to one place whoever asks.
  private static let inUse: OpenBLAS = {
    selectOnce()
    return unsafe OpenBLAS(core: coreInUse, configuration: String(cString: openblas_get_config()))
  }()

  private static var coreInUse: String { unsafe String(cString: openblas_get_corename()) }

  /// The core that would do this processor justice, where the one in use is older than it: a variable of the user's may
  /// have chosen it.
  public var betterCore: String? {
    Self.betterCore(than: core, processorLevel: ProcessorLevel.current.number)
  }

  /// The core to use instead of `found` on a processor of x86-64 level `processorLevel`, or `nil` if `found` does it
  /// justice.
  static func betterCore(than found: String, processorLevel: Int) -> String? {
    let withAVX512: Set = ["skylakex", "cooperlake", "sapphirerapids"]
    let withAVX2 = withAVX512.union(["haswell", "zen", "excavator"])
    return switch processorLevel {
    case 4 where !withAVX512.contains(found.lowercased()): "SkylakeX"
    case 3 where !withAVX2.contains(found.lowercased()): "Haswell"
    default: nil
    }
  }

  /// Ends the library's own threads, which it starts when it is loaded and which wait for work by spinning; where it does
  /// not export what that takes, they fall asleep by themselves.
  private static func endThreads() {
    typealias Call = @convention(c) () -> Int32
    guard let shutDown = unsafe UndeclaredFunction.named("blas_thread_shutdown_", as: Call.self) else {
      return
    }
    _ = shutDown()
  }

  /// Chooses the core again; `false` where the library does not export what that takes.
  private static func reselect(_ core: String) -> Bool {
    typealias Call = @convention(c) () -> Void
    guard let quit = unsafe UndeclaredFunction.named("gotoblas_dynamic_quit", as: Call.self),
      let start = unsafe UndeclaredFunction.named("gotoblas_dynamic_init", as: Call.self)
    else { return false }
    quit()
    unsafe setenv(coreVariable, core, 1)
    start()
    return coreInUse.lowercased() == core.lowercased()
  }
}

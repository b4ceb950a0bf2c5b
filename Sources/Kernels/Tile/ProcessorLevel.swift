import CTileKernel

/// The clone of the tile kernel that runs on this processor.
public struct ProcessorLevel: Equatable, Sendable {
  /// 4 with AVX-512, 3 with AVX2 and FMA, 1 for any other x86-64; 0 elsewhere.
  public let number: Int

  /// The level of this processor.
  public static var current: ProcessorLevel { ProcessorLevel(number: Int(fluke_processor_level())) }

  /// A name for people, such as `x86-64-v4`.
  public var name: String { number == 0 ? "default" : number == 1 ? "x86-64" : "x86-64-v\(number)" }
}

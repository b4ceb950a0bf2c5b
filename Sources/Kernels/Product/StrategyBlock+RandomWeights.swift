import CTileKernel

extension StrategyBlock {
  /// Gives every strategy of the block a random weight on each of the features 0 ..< `features`: ``randomWeight(_:scale:)``
  /// of the strategy's word for the feature.
  ///
  /// It adds what `weigh(feature:by:)` with the words of ``Philox`` would, all lanes at a time.
  public mutating func weighAtRandom(features: Int, seed: UInt64, scale: Double) {
    for first in stride(from: 0, to: features, by: Self.wordsPerDraw) {
      unsafe words.withUnsafeMutableBufferPointer { words in
        guard let words = words.baseAddress else { return }
        unsafe fluke_draw(
          seed, RandomStream.Purpose.weights.rawValue, UInt64(firstStrategy),
          UInt32(first / Self.wordsPerDraw), words)
      }
      for word in 0..<min(Self.wordsPerDraw, features - first) {
        weighAll(feature: first + word, word: word, scale: scale)
      }
    }
  }

  /// The weight that a random word stands for: uniform on ±2³¹ · `scale`.
  public static func randomWeight(_ word: UInt32, scale: Double) -> Double {
    Double(Int32(bitPattern: word)) * scale
  }

  /// Words that one call of the generator gives.
  static var wordsPerDraw: Int { 4 }
}

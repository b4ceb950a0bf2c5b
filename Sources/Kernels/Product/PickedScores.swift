import CTileKernel

/// The scores of a block on some bars as one feature each, or the difference of two, without being copied: see
/// `fluke_picks` in TileKernel.h.
@unsafe public struct PickedScores<Scalar: KernelScalar> {
  /// The first row of the feature matrix, at the first bar.
  let features: UnsafePointer<Scalar>
  /// For each lane how far from there the values of the feature that it adds stand.
  let added: UnsafePointer<Int>
  /// For each lane the same of the feature that it subtracts; `nil` where none does.
  let subtracted: UnsafePointer<Int>?
  /// Room for the values of eight features on these bars, and on eight more.
  let room: UnsafeMutablePointer<Scalar>
  /// For each lane the bar from which its score is defined.
  let definedFrom: UnsafePointer<Int32>
  /// The first bar.
  let firstBar: Int
}

extension PickedScores where Scalar == Float {
  var forC: fluke_picks {
    unsafe fluke_picks(
      features: features, added: added, subtracted: subtracted, room: room, defined_from: definedFrom,
      first_bar: firstBar)
  }
}

import Stores
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-4's own examples (NIST, "SHA-256" example values) and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func published(text: String, digest: String) {
    #expect(SHA256.hexDigest(of: Array(text.utf8)) == digest)
  }

  @Test func piecesMakeTheWhole() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for piece in [1, 63, 64, 65, 9999] {
      var digest = SHA256()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        digest.update(bytes[start..<min(start + piece, bytes.count)])
      }
      digest.update([])
      #expect(digest.finish() == SHA256.hexDigest(of: bytes))
    }
  }
}

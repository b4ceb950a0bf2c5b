import FoundationEssentials

extension S3Object {
  /// Stores what `body` appends: small objects in one request, larger ones in parts.
  ///
  /// The digest stands in the fields of the object, which a server wants before the first part. So where nobody knows it
  /// yet, a large object waits in a file without a name until it does.
  ///
  /// - Throws: ``StoreError/changed(key:found:expected:)`` if it is not what is expected; nothing is stored then.
  func write(
    expecting expected: ArtifactSummary?,
    _ body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    // A signal waits: parts that are sent have to be given up first.
    try interruption.whileMakingFile {
      var upload = S3Parts(self)
      do {
        return try write(expecting: expected, in: &upload, body)
      } catch {
        // The first error is the one to tell.
        upload.abort()
        throw error
      }
    }
  }

  private func write(
    expecting expected: ArtifactSummary?, in upload: inout S3Parts,
    _ body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    var digest = SHA256()
    var size = 0
    var pending: [UInt8] = []
    var waiting: S3Waiting?
    try body { bytes in
      try interruption.check()
      digest.update(bytes)
      size += bytes.count
      if let waiting { return try waiting.append(bytes) }
      pending += bytes
      guard pending.count > options.partSize else { return }
      if let expected {
        pending = try upload.send(wholePartsOf: pending, expected)
      } else {
        waiting = try S3Waiting(place: place)
        try waiting?.append(pending)
        pending = []
      }
    }
    let summary = ArtifactSummary(size: size, sha256: digest.finish())
    if let expected, expected != summary {
      throw StoreError.changed(key: place, found: summary, expected: expected)
    }
    if let waiting {
      try waiting.rewind()
      while case let bytes = try waiting.next(), !bytes.isEmpty {
        pending = try upload.send(wholePartsOf: pending + bytes, summary)
      }
    }
    if size <= options.partSize {
      try put(pending, summary)
    } else {
      try upload.complete(with: pending, summary)
    }
    return summary
  }
}

/// Bytes that wait in a file without a name.
private final class S3Waiting {
  private let file: SystemFile
  private let place: String

  init(place: String) throws {
    self.place = place
    let folder = FileManager.default.temporaryDirectory.path
    do { file = try SystemFile.nameless(in: folder) } catch {
      throw StoreError.cannotCreate(path: folder, error)
    }
  }

  func append(_ bytes: [UInt8]) throws(StoreError) {
    do { try file.write(bytes) } catch { throw .inputOutput(path: "a temporary file for \(place)", error) }
  }

  func rewind() throws(StoreError) {
    do { try file.rewind() } catch { throw .inputOutput(path: "a temporary file for \(place)", error) }
  }

  func next() throws(StoreError) -> [UInt8] {
    do {
      return try file.read(upTo: FileReader.chunkSize)
    } catch {
      throw .inputOutput(path: "a temporary file for \(place)", error)
    }
  }
}

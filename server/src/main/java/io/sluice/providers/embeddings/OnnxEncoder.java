package io.sluice.providers.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// One ONNX session, safe for use by many threads. Holds native memory until closed; closing it
/// during a run would end the JVM.
final class OnnxEncoder implements AutoCloseable {

  static final int DIMENSION = 384;
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxEncoder() {
    try (var options = new OrtSession.SessionOptions();
        InputStream model = OnnxEncoder.class.getResourceAsStream(MODEL)) {
      if (model == null) {
        throw new IllegalStateException("the embedding model is not on the class path");
      }
      // A run stays on its caller's thread: callers run side by side, and no thread of the
      // library's waits by spinning.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      this.session = environment.createSession(model.readAllBytes(), options);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the embedding model cannot be read", e);
    }
  }

  /// The mean of the last layer over the tokens, which include the two that frame the text; not
  /// normalised.
  float[] encode(long[] ids) {
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1L);
    long[] shape = {1, ids.length};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
        OnnxTensor typeTensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", idTensor);
      inputs.put("attention_mask", maskTensor);
      inputs.put("token_type_ids", typeTensor);
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model failed", e);
    }
  }

  private static float[] mean(FloatBuffer layer, int tokens) {
    float[] sum = new float[DIMENSION];
    for (int t = 0; t < tokens; t++) {
      for (int d = 0; d < DIMENSION; d++) {
        sum[d] += layer.get(t * DIMENSION + d);
      }
    }
    for (int d = 0; d < DIMENSION; d++) {
      sum[d] /= tokens;
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be closed", e);
    }
  }
}

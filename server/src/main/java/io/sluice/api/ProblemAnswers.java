package io.sluice.api;

import io.sluice.engine.EngineProblem;
import io.sluice.platform.Problem;
import io.sluice.workflow.WorkflowProblem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// The one place that turns failures into RFC 9457 answers. No stack trace, no SQL, no class name
/// gets out.
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(Problem problem) {
    return answer(status(problem.sort()), problem.code(), text(problem), problem.faults());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> definition(WorkflowProblem.Invalid problem) {
    return told(status(problem.sort()), problem.code(), text(problem), problem.findings());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> engine(EngineProblem problem) {
    return switch (problem) {
      case EngineProblem.UnknownJob _ ->
          answer(HttpStatus.NOT_FOUND, problem.code(), text(problem), List.of());
      case EngineProblem.BadInput _, EngineProblem.Misuse _ ->
          answer(HttpStatus.BAD_REQUEST, problem.code(), text(problem), List.of());
      case EngineProblem.Database _ -> databaseAway(problem);
      case EngineProblem.WrongSchema _ ->
          answer(HttpStatus.SERVICE_UNAVAILABLE, problem.code(), text(problem), List.of());
    };
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    org.springframework.jdbc.CannotGetJdbcConnectionException.class
  })
  ResponseEntity<ProblemDetail> databaseAway(Exception failure) {
    LOG.warn("the database failed a request", failure);
    return answer(
        HttpStatus.SERVICE_UNAVAILABLE,
        "DATABASE_UNAVAILABLE",
        "The database does not answer; try again in a moment",
        List.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException e) {
    var detail = "is not valid: '" + e.getValue() + "'";
    return answer(
        HttpStatus.BAD_REQUEST,
        "BAD_PARAMETER",
        "Parameter '" + e.getName() + "' " + detail,
        List.of(new Problem.Fault(e.getName(), detail)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    LOG.error("a request failed unexpectedly", failure);
    return answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "INTERNAL",
        "Something failed that should not; the server's log has the details",
        List.of());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return wide(HttpStatus.BAD_REQUEST, "BAD_BODY", JsonFaults.detail(e), JsonFaults.faults(e));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return missing(e.getParameterName());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestPart(
      MissingServletRequestPartException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return missing(e.getRequestPartName());
  }

  private static ResponseEntity<Object> missing(String name) {
    return wide(
        HttpStatus.BAD_REQUEST,
        "BAD_PARAMETER",
        "Parameter '" + name + "' is missing",
        List.of(new Problem.Fault(name, "is missing")));
  }

  /// The client went away while it was answered.
  @Override
  protected @Nullable ResponseEntity<Object> handleAsyncRequestNotUsableException(
      AsyncRequestNotUsableException e, WebRequest request) {
    LOG.debug("a client went away: {}", e.getMessage());
    return null;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return wide(
        HttpStatus.CONTENT_TOO_LARGE,
        "UPLOAD_TOO_LARGE",
        "The upload is larger than this server takes; see the setting sluice.max-upload",
        List.of());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var known = body instanceof ProblemDetail detail ? detail.getDetail() : null;
    var answer =
        wide(
            status,
            "HTTP_" + status.value(),
            known == null ? "The request can not be served" : known,
            List.of());
    // Allow, Accept and the like.
    return ResponseEntity.status(status)
        .headers(all -> {
          all.putAll(headers);
          all.putAll(answer.getHeaders());
        })
        .body(answer.getBody());
  }

  private static ResponseEntity<Object> wide(
      HttpStatusCode status, String code, String detail, List<Problem.Fault> faults) {
    var answer = answer(status, code, detail, faults);
    return ResponseEntity.status(status).headers(answer.getHeaders()).body(answer.getBody());
  }

  private static ResponseEntity<ProblemDetail> answer(
      HttpStatusCode status, String code, String detail, List<Problem.Fault> faults) {
    return told(
        status,
        code,
        detail,
        faults.stream().map(f -> Map.of("pointer", f.pointer(), "detail", f.detail())).toList());
  }

  private static ResponseEntity<ProblemDetail> told(
      HttpStatusCode status, String code, String detail, List<?> errors) {
    var body = ProblemDetail.forStatusAndDetail(status, detail);
    body.setType(URI.create("/docs/problems#" + code));
    body.setProperty("code", code);
    if (!errors.isEmpty()) {
      body.setProperty("errors", errors);
    }
    return ResponseEntity.status(status)
        .header(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .body(body);
  }

  private static String text(RuntimeException problem) {
    return problem.getMessage() == null ? "" : problem.getMessage();
  }

  private static HttpStatus status(Problem.Sort sort) {
    return switch (sort) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case STALE -> HttpStatus.PRECONDITION_FAILED;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case KEY_REUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }
}

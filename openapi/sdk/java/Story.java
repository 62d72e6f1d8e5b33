import com.aftercare.sdk.ApiClient;
import com.aftercare.sdk.ApiException;
import com.aftercare.sdk.ApiResponse;
import com.aftercare.sdk.api.CustomersApi;
import com.aftercare.sdk.api.DictionariesApi;
import com.aftercare.sdk.api.ImportApi;
import com.aftercare.sdk.api.ProductsApi;
import com.aftercare.sdk.api.SessionsApi;
import com.aftercare.sdk.api.SystemApi;
import com.aftercare.sdk.api.TicketsApi;
import com.aftercare.sdk.model.*;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The main job over the Java client that OpenAPI Generator makes from openapi.json (library "native": java.net.http and Jackson).
 *
 * <p>Environment: STORY_URL, STORY_PASSWORD, STORY_WORKBOOK (customers to import), STORY_CUSTOMER (one of them), STORY_PHOTO,
 * STORY_SERIAL.
 */
public final class Story {
  private Story() {}

  /** What a generated call writes with: a file goes out as its bytes, where the client as it is made would write its path as JSON. */
  static final class Bodies extends ObjectMapper {
    private static final long serialVersionUID = 1L;

    Bodies() {
      super(ApiClient.createDefaultObjectMapper());
    }

    @Override
    public ObjectMapper copy() {
      return new Bodies();
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws JsonProcessingException {
      try {
        return value instanceof File ? Files.readAllBytes(((File) value).toPath()) : super.writeValueAsBytes(value);
      } catch (JsonProcessingException failure) {
        throw failure;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Something of the API that can fail. */
  interface Call<T> {
    T run() throws ApiException;
  }

  /** Somebody who has signed in. */
  static final class Person {
    final ApiClient client;
    final UUID id;

    Person(String login) throws ApiException {
      ApiClient anonymous = new ApiClient();
      anonymous.updateBaseUri(env("STORY_URL"));
      Session session = new SessionsApi(anonymous).signIn(new Credentials().login(login).password(env("STORY_PASSWORD")));
      client = new ApiClient();
      client.updateBaseUri(env("STORY_URL"));
      client.setObjectMapper(new Bodies());
      client.setRequestInterceptor(
          request -> request.header("Authorization", "Bearer " + session.getAccessToken()).header("Accept-Language", "en"));
      id = session.getMe().getUserId();
    }

    TicketsApi tickets() {
      return new TicketsApi(client);
    }

    UUID named(String kind, String words) throws ApiException {
      return new DictionariesApi(client)
          .listDictionaryEntries(null, null, null, null, words, null, null, null, kind, null, null, null)
          .getItems().get(0).getId();
    }

    Attachment upload(UUID ticket, String purpose) throws ApiException {
      return new SystemApi(client).uploadAttachment("ticket", ticket, purpose, "photo.png", new File(env("STORY_PHOTO")), null);
    }
  }

  static String env(String name) {
    String value = System.getenv(name);
    check(value != null, name + " is not set");
    return value;
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  static void refused(int status, String code, Call<?> call) throws Exception {
    try {
      call.run();
    } catch (ApiException refusal) {
      check(refusal.getCode() == status, "expected " + status + ": " + refusal.getResponseBody());
      JsonNode problem = new ObjectMapper().readTree(refusal.getResponseBody());
      check(code.equals(problem.get("code").asText()), "expected " + code + ": " + problem);
      return;
    }
    throw new AssertionError("expected " + status + " " + code);
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  static String etag(Ticket ticket) {
    return "\"" + ticket.getVersion() + "\"";
  }

  static boolean replayed(ApiResponse<?> reply) {
    return reply.getHeaders().entrySet().stream()
        .anyMatch(header -> header.getKey().equalsIgnoreCase("idempotent-replayed") && header.getValue().equals(List.of("true")));
  }

  /** Imports a workbook: first only checked, then for good. Answers the imported customer. */
  static UUID importCustomers(Person clerk) throws Exception {
    for (boolean isDryRun : new boolean[] {true, false}) {
      Operation operation =
          new ImportApi(clerk.client).startImport("customer", isDryRun, "customers.xlsx", new File(env("STORY_WORKBOOK")), null);
      for (int asked = 0; operation.getState() == OperationState.QUEUED || operation.getState() == OperationState.RUNNING; asked++) {
        check(asked < 300, "the import ends");
        Thread.sleep(200);
        operation = new SystemApi(clerk.client).getOperation(operation.getId(), null);
      }
      check(operation.getState() == OperationState.DONE, "done: " + operation);
      JsonNode report = new ObjectMapper().readTree(operation.getResult());
      check(report.get("rows").asInt() == 2, "two rows: " + report);
      check(report.get("imported").asInt() == (isDryRun ? 0 : 2), "a dry run records nothing: " + report);
    }
    List<CustomerRow> found = new CustomersApi(clerk.client)
        .listCustomers(null, null, null, null, env("STORY_CUSTOMER"), null, null, null, null, null, null).getItems();
    check(found.size() == 1, "one customer of that name");
    return found.get(0).getId();
  }

  /** Takes a unit in; the same request again is the same ticket, another one under the same key is refused. */
  static Ticket intake(Person desk, UUID customer) throws Exception {
    UUID product = new ProductsApi(desk.client)
        .listProducts(null, null, null, null, "星澜 X9", null, null, null, "unit", null, null, null, null, null, null)
        .getItems().get(0).getId();
    IntakeDraft draft = new IntakeDraft()
        .accept(true).channel(Channel.COUNTER).priority(Priority.NORMAL).customerId(customer).serial(env("STORY_SERIAL"))
        .productId(product).warrantyStateId(desk.named("warranty_state", "保外")).addFaultIdsItem(desk.named("fault", "屏"))
        .faultText("screen broken");
    String key = key();
    Ticket ticket = desk.tickets().createTicket(draft, key);
    ApiResponse<Ticket> again = desk.tickets().createTicketWithHttpInfo(draft, key);
    check(replayed(again), "a retry is known");
    check(again.getData().equals(ticket), "a retry gets the first answer");
    refused(422, "idempotency_mismatch", () -> desk.tickets().createTicket(draft.appearance("scratched"), key));
    return ticket;
  }

  /** Reads a list to its end; answers how many rows it had. */
  static int pageThrough(Person person) throws ApiException {
    Set<UUID> seen = new HashSet<>();
    String cursor = null;
    int pages = 0;
    while (true) {
      ProductRowPage page = new ProductsApi(person.client)
          .listProducts(7, cursor, null, true, null, null, null, null, "unit", null, null, null, null, null, null);
      page.getItems().forEach(row -> seen.add(row.getId()));
      pages++;
      if (!page.getHasMore()) {
        check(pages > 1, "more than one page");
        check(seen.size() == page.getTotal().getCount(), "every row once");
        return seen.size();
      }
      cursor = page.getNextCursor();
    }
  }

  public static void main(String[] args) throws Exception {
    Person desk = new Person("hz01-qt2");
    Person bench = new Person("hz01-gc3");
    Person inspector = new Person("hz01-zj5");
    Person till = new Person("cw01");
    Person office = new Person("zb01");
    Ticket first = intake(desk, importCustomers(new Person("hz01-kg6")));
    UUID id = first.getId();

    // a photo, and what the server made of it
    File small = new SystemApi(desk.client).downloadThumbnail(desk.upload(id, "appearance").getId(), null);
    try (FileInputStream bytes = new FileInputStream(small)) {
      check(Arrays.equals(bytes.readNBytes(3), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}), "a JPEG");
    }

    // conflicts: a step that is not due, a version that is not the present one
    refused(409, "state_conflict", () -> till.tickets().settleTicket(id, key(), etag(first), new Remark()));
    Ticket ticket = desk.tickets().assignTicket(id, new Assignment().engineerId(bench.id), key(), etag(first));
    Diagnosis diagnosis = new Diagnosis().addFaultIdsItem(desk.named("fault", "屏")).findings("screen assembly broken")
        .addMethodsItem(new MethodDraft().methodId(bench.named("repair_method", "更换屏幕")));
    refused(412, "stale", () -> bench.tickets().diagnoseTicket(id, diagnosis, key(), etag(first)));

    // on to the end
    ticket = bench.tickets().diagnoseTicket(id, diagnosis, key(), etag(ticket));
    ticket = bench.tickets().finishTicket(id, key(), etag(ticket), new FinishDraft());
    ticket = inspector.tickets().passTicket(id, new Remark(), key(), etag(ticket));
    ticket = till.tickets().settleTicket(id, key(), etag(ticket), new Remark());
    Money due = ticket.getCharges().getCustomerDue();
    check(new BigDecimal(due.getAmount()).signum() > 0, "out of warranty: the customer pays");
    String paying = key();
    String version = etag(ticket);
    CollectDraft collected = new CollectDraft().addPaymentsItem(new PaymentDraft().method(PayMethod.CASH).amount(due));
    till.tickets().collectTicket(id, paying, version, collected);
    check(replayed(till.tickets().collectTicketWithHttpInfo(id, paying, version, collected)), "the money is taken once");
    UUID signature = desk.upload(id, "signature").getId();
    ticket = desk.tickets().getTicket(id, null);
    ticket = desk.tickets().pickUpTicket(id, key(), etag(ticket), new PickupDraft().signatureId(signature).returnedAccessoryIds(List.of()));
    CallbackDraft callback = new CallbackDraft().outcome(CallbackOutcome.SATISFIED).score(5);
    ticket = new Person("kf01").tickets().callBackTicket(id, callback, key(), etag(ticket));
    ticket = office.tickets().auditTicket(id, new Remark(), key(), etag(ticket));
    check(ticket.getState() == TicketState.AUDITED, "audited: " + ticket.getState());
    System.out.printf("Java: %s from intake to audit, %s %s collected, %d products read page by page%n",
        ticket.getNumber(), due.getAmount(), due.getCurrency(), pageThrough(desk));
  }
}

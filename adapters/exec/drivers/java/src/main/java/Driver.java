import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaModel;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyun.teautil.models.TeaUtilException;
import com.aliyun.vpc20160428.Client;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drives com.aliyun:vpc20160428: signature v1 or acs3, always POST, by the protocol of adapters/exec/README.md. */
public final class Driver {
  private static final Gson GSON = new Gson();
  /** Sends every call through `callApi`, whose answers have no types that could leave anything out. */
  private static final boolean GENERIC = Boolean.getBoolean("generic");
  private static final String MODELS = "com.aliyun.vpc20160428.models.";

  private final Client client;

  private Driver(Map<String, Object> settings) throws Exception {
    URI endpoint = URI.create((String) settings.get("endpoint"));
    int timeoutMs = ((Number) settings.get("timeoutMs")).intValue();
    Config config = new Config()
        .setAccessKeyId((String) settings.get("accessKeyId"))
        .setAccessKeySecret((String) settings.get("accessKeySecret"))
        .setRegionId((String) settings.get("regionId"))
        .setEndpoint(endpoint.getAuthority())
        .setProtocol(endpoint.getScheme())
        .setReadTimeout(timeoutMs)
        .setConnectTimeout(timeoutMs);
    if (settings.get("securityToken") != null) config.setSecurityToken((String) settings.get("securityToken"));
    if ("v1".equals(settings.get("signature"))) config.signatureAlgorithm = "v2";
    client = new Client(config);
  }

  /** Through the generated method where its request has a field for everything, else through what they rest on. */
  private Map<String, ?> send(String operation, Map<String, String> params) throws Exception {
    TeaModel request = GENERIC ? null : typed(operation, params);
    if (request != null) {
      String method = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
      try {
        return TeaModel.toMap(Client.class.getMethod(method, request.getClass()).invoke(client, request));
      } catch (InvocationTargetException thrown) {
        throw (Exception) thrown.getCause();
      }
    }
    Params call = new Params().setAction(operation).setVersion("2016-04-28").setProtocol("HTTPS").setPathname("/")
        .setMethod("POST").setAuthType("AK").setStyle("RPC").setReqBodyType("formData").setBodyType("json");
    return client.callApi(call, new OpenApiRequest().setQuery(params), new RuntimeOptions());
  }

  private static TeaModel typed(String operation, Map<String, String> params) {
    try {
      Map<String, Object> nested = nested(params);
      TeaModel empty = (TeaModel) Class.forName(MODELS + operation + "Request").getConstructor().newInstance();
      TeaModel request = TeaModel.toModel(nested, empty);
      return asText(TeaModel.toMap(request)).equals(asText(nested)) ? request : null;
    } catch (ReflectiveOperationException | IllegalArgumentException | ClassCastException | TeaException misfit) {
      return null;
    }
  }

  /** Flat parameters as lists and maps. */
  private static Map<String, Object> nested(Map<String, String> params) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Map.Entry<String, String> param : params.entrySet()) {
      Map<String, Object> at = tree;
      String[] steps = param.getKey().split("\\.", -1);
      for (int index = 0; index < steps.length - 1; index++) {
        at = map(at.computeIfAbsent(steps[index], step -> new LinkedHashMap<String, Object>()));
      }
      if (at.put(steps[steps.length - 1], param.getValue()) != null) throw new IllegalArgumentException(param.getKey());
    }
    tree.replaceAll((name, value) -> listed(value));
    return tree;
  }

  private static Object listed(Object value) {
    if (!(value instanceof Map)) return value;
    Map<String, Object> map = map(value);
    map.replaceAll((name, each) -> listed(each));
    if (!map.containsKey("1")) return map;
    List<Object> list = new ArrayList<>();
    for (int index = 1; index <= map.size(); index++) {
      Object item = map.get(String.valueOf(index));
      if (item == null) throw new IllegalArgumentException("gap");
      list.add(item);
    }
    return list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** What a request says on the wire, whatever the types of its fields: without nulls, and scalars as text. */
  private static Object asText(Object value) {
    if (value instanceof List) {
      List<Object> list = new ArrayList<>();
      for (Object each : (List<?>) value) list.add(asText(each));
      return list;
    }
    if (!(value instanceof Map)) return String.valueOf(value);
    Map<String, Object> filled = new HashMap<>();
    map(value).forEach((name, each) -> {
      if (each != null) filled.put(name, asText(each));
    });
    return filled;
  }

  private Map<String, Object> perform(String operation, Map<String, String> params) {
    Map<String, Object> view = new LinkedHashMap<>();
    try {
      Map<String, ?> response = send(operation, params);
      view.put("kind", "returned");
      view.put("status", response.get("statusCode"));
      view.put("body", response.get("body"));
    } catch (Exception error) { // whatever a caller would see is an answer
      view.put("kind", "threw");
      view.put("error", thrown(error));
    }
    return view;
  }

  private static Map<String, Object> thrown(Exception error) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("class", error.getClass().getSimpleName());
    told.put("message", String.valueOf(error.getMessage()));
    if (error instanceof TeaException && ((TeaException) error).getData() != null) {
      TeaException tea = (TeaException) error;
      Map<String, Object> data = new LinkedHashMap<>(tea.getData());
      data.remove("statusCode"); // the library adds the status to the body that it hands out
      told.put("code", tea.getCode());
      told.put("status", tea.getStatusCode());
      told.put("data", data);
    } else {
      told.put("failure", failureOf(error));
    }
    return told;
  }

  private static String failureOf(Throwable error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof ConnectException || at instanceof UnknownHostException || at instanceof NoRouteToHostException) {
        return "unreachable";
      }
      if (at instanceof SocketTimeoutException) return "connect timed out".equals(at.getMessage()) ? "unreachable" : "timeout";
      if (at instanceof JsonParseException || at instanceof TeaUtilException) return "unreadable";
      if (at instanceof java.io.IOException) return "broken";
    }
    return null;
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    System.setOut(System.err); // whatever the library prints is no answer
    Driver driver = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<String, Object> message = map(GSON.fromJson(line, Map.class));
      if ("bye".equals(message.get("type"))) System.exit(0); // the library's threads would hold it
      Map<String, Object> answer = new LinkedHashMap<>();
      if ("hello".equals(message.get("type"))) {
        Map<String, Object> settings = map(message.get("settings"));
        answer.put("type", "hello");
        if ("GET".equals(settings.get("method"))) {
          answer.put("error", "com.aliyun:vpc20160428 sends every call by POST; it has no GET");
        } else {
          driver = new Driver(settings);
          answer.put("name", "com.aliyun:vpc20160428");
          answer.put("version", version());
          answer.put("language", "Java " + System.getProperty("java.version"));
        }
      } else {
        answer.put("id", ((Number) message.get("id")).intValue());
        Map<String, String> params = new LinkedHashMap<>();
        map(message.get("params")).forEach((name, value) -> params.put(name, (String) value));
        answer.putAll(driver.perform((String) message.get("operation"), params));
      }
      out.println(GSON.toJson(answer));
    }
    System.exit(0);
  }

  /** The version in the file name of the library's jar. */
  private static String version() {
    String jar = Client.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceFirst(".*/vpc20160428-(.*)\\.jar$", "$1");
  }
}

// Drives github.com/aliyun/alibaba-cloud-sdk-go: signature v1, POST or GET, by the protocol of adapters/exec/README.md.
package main

import (
	"bufio"
	"encoding/json"
	stderrors "errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
)

const module = "github.com/aliyun/alibaba-cloud-sdk-go"

type object = map[string]any

type settings struct {
	Endpoint, AccessKeyId, AccessKeySecret, SecurityToken, RegionId, Signature, Method string
	TimeoutMs                                                                          int
}

type message struct {
	Type      string
	Id        int
	Operation string
	Params    map[string]string
	Settings  settings
}

type driver struct {
	settings settings
	client   *vpc.Client
}

func open(with settings) (*driver, error) {
	if with.Signature == "acs3" {
		return nil, stderrors.New("alibaba-cloud-sdk-go signs with version 1.0 (v1) only")
	}
	var key auth.Credential = credentials.NewAccessKeyCredential(with.AccessKeyId, with.AccessKeySecret)
	if with.SecurityToken != "" {
		key = credentials.NewStsTokenCredential(with.AccessKeyId, with.AccessKeySecret, with.SecurityToken)
	}
	// Its own default, said once more: nothing is tried again.
	client, err := vpc.NewClientWithOptions(with.RegionId, sdk.NewConfig().WithAutoRetry(false), key)
	return &driver{with, client}, err
}

// Everything that a request has, whatever its operation; parameters without a field go into its query.
func (d *driver) prepare(request requests.AcsRequest) {
	endpoint, _ := url.Parse(d.settings.Endpoint)
	timeout := time.Duration(d.settings.TimeoutMs) * time.Millisecond
	request.SetDomain(endpoint.Host) // else it asks for the endpoint over the network
	request.SetScheme(strings.ToUpper(endpoint.Scheme))
	request.SetConnectTimeout(timeout)
	request.SetReadTimeout(timeout)
}

// The generated method of an operation with its request, filled in as far as it has fields; nil when there is none.
func (d *driver) generated(operation string, params map[string]string) (*reflect.Value, []reflect.Value) {
	method := reflect.ValueOf(d.client).MethodByName(operation)
	if !method.IsValid() || method.Type().NumIn() != 1 || method.Type().In(0).Kind() != reflect.Pointer {
		return nil, nil
	}
	request := reflect.New(method.Type().In(0).Elem())
	rpc := &requests.RpcRequest{}
	request.Elem().FieldByName("RpcRequest").Set(reflect.ValueOf(rpc))
	// As the generated constructor does it.
	rpc.InitWithApiInfo("Vpc", "2016-04-28", operation, "vpc", "openAPI")
	rpc.Method = requests.POST
	if d.settings.Method != "" {
		rpc.Method = d.settings.Method
	}
	d.prepare(request.Interface().(requests.AcsRequest))
	left := map[string]string{}
	for name, value := range params {
		left[name] = value
	}
	fill(request.Elem(), "", left)
	for name, value := range left {
		rpc.QueryParams[name] = value
	}
	return &method, []reflect.Value{request}
}

// Sets the fields of a generated struct from the parameters below prefix, and takes those away that it set.
func fill(structure reflect.Value, prefix string, left map[string]string) {
	for index := 0; index < structure.NumField(); index++ {
		name := prefix + structure.Type().Field(index).Tag.Get("name")
		field := structure.Field(index)
		switch {
		case name == prefix || !field.CanSet():
		case field.Kind() == reflect.String:
			if value, given := left[name]; given && value != "" { // it drops empty ones
				field.SetString(value)
				delete(left, name)
			}
		case field.Kind() == reflect.Pointer && field.Type().Elem().Kind() == reflect.Slice:
			fillList(field, name, left)
		}
	}
}

func fillList(field reflect.Value, name string, left map[string]string) {
	list := reflect.New(field.Type().Elem())
	for position := 1; ; position++ {
		at := fmt.Sprintf("%s.%d", name, position)
		item := reflect.New(list.Elem().Type().Elem()).Elem()
		before := len(left)
		if value, given := left[at]; given && item.Kind() == reflect.String {
			item.SetString(value)
			delete(left, at)
		} else if item.Kind() == reflect.Struct {
			fill(item, at+".", left)
		}
		if len(left) == before {
			break
		}
		list.Elem().Set(reflect.Append(list.Elem(), item))
	}
	if list.Elem().Len() > 0 {
		field.Set(list)
	}
}

func (d *driver) perform(operation string, params map[string]string) object {
	// DescribeRegions has no such parameter: there it changes nothing.
	if _, given := params["RegionId"]; !given && operation != "DescribeRegions" {
		return object{"kind": "inexpressible", "reason": "alibaba-cloud-sdk-go adds its own region to a call without RegionId"}
	}
	if method, arguments := d.generated(operation, params); method != nil {
		results := method.Call(arguments)
		err, _ := results[1].Interface().(error)
		response, _ := results[0].Interface().(responses.AcsResponse)
		return view(response, err)
	}
	request := requests.NewCommonRequest()
	request.Version, request.ApiName, request.QueryParams = "2016-04-28", operation, params
	d.prepare(request)
	response, err := d.client.ProcessCommonRequest(request)
	return view(response, err)
}

// The body is what came, as callers read it who must tell an absent field from a zero: typed responses cannot.
func view(response responses.AcsResponse, err error) object {
	if err != nil {
		return object{"kind": "threw", "error": thrown(err)}
	}
	var body any
	_ = json.Unmarshal(response.GetHttpContentBytes(), &body)
	return object{"kind": "returned", "status": response.GetHttpStatus(), "body": body}
}

func thrown(err error) object {
	told := object{"class": strings.TrimPrefix(fmt.Sprintf("%T", err), "*"), "message": err.Error()}
	if server, is := err.(*errors.ServerError); is {
		told["message"], told["status"] = server.Message(), server.HttpStatus()
		if server.ErrorCode() == "" && server.RequestId() == "" {
			told["failure"] = "unreadable" // the message is the whole body
			return told
		}
		data := object{}
		for name, value := range map[string]string{
			"Code": server.ErrorCode(), "Message": server.Message(), "RequestId": server.RequestId(),
			"HostId": server.HostId(), "Recommend": server.Recommend(),
		} {
			if value != "" {
				data[name] = value
			}
		}
		told["code"], told["requestId"], told["data"] = server.ErrorCode(), server.RequestId(), data
	} else if failure := failureOf(err); failure != "" {
		told["failure"] = failure
	}
	return told
}

func failureOf(err error) string {
	if client, is := err.(*errors.ClientError); is {
		if client.ErrorCode() == errors.JsonUnmarshalErrorCode {
			return "unreadable"
		}
		if client.OriginError() != nil {
			err = client.OriginError()
		}
	}
	var operation *net.OpError
	var timed interface{ Timeout() bool }
	switch {
	case stderrors.Is(err, syscall.ECONNREFUSED), stderrors.As(err, &operation) && operation.Op == "dial":
		return "unreachable"
	case stderrors.As(err, &timed) && timed.Timeout():
		return "timeout"
	case stderrors.As(err, &operation), strings.HasSuffix(err.Error(), "EOF"):
		return "broken"
	}
	return ""
}

func sdkVersion() string {
	if build, known := debug.ReadBuildInfo(); known {
		for _, dependency := range build.Deps {
			if dependency.Path == module {
				return dependency.Version
			}
		}
	}
	return "unknown"
}

func main() {
	var opened *driver
	out := json.NewEncoder(os.Stdout)
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		var asked message
		if err != nil || json.Unmarshal(line, &asked) != nil || asked.Type == "bye" {
			return
		}
		if asked.Type == "hello" {
			if opened, err = open(asked.Settings); err != nil {
				_ = out.Encode(object{"type": "hello", "error": err.Error()})
				continue
			}
			_ = out.Encode(object{"type": "hello", "name": module, "version": sdkVersion(), "language": runtime.Version()})
			continue
		}
		answer := opened.perform(asked.Operation, asked.Params)
		answer["id"] = asked.Id
		_ = out.Encode(answer)
	}
}

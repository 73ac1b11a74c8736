"""Drives aliyun-python-sdk-core with aliyun-python-sdk-vpc, the older generation: signature v1, GET or POST."""

import importlib
import json
from importlib.metadata import version
from urllib.parse import urlsplit

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

from protocol import Inexpressible, Refused, described, failure_of, serve


def request_for(operation, settings):
    """The generated request of an operation; the library's generic one where there is none."""
    try:
        module = importlib.import_module("aliyunsdkvpc.request.v20160428." + operation + "Request")
        request = getattr(module, operation + "Request")()
    except ImportError:
        request = CommonRequest(version="2016-04-28", action_name=operation)
    url = urlsplit(settings["endpoint"])
    request.set_endpoint(url.netloc)  # else it asks for the endpoint over the network
    request.set_protocol_type(url.scheme)
    request.set_method(settings.get("method", "GET"))
    return request


def open_library(settings):
    if settings.get("signature") == "acs3":
        raise Refused("aliyun-python-sdk-core signs with version 1.0 (v1) only")
    key = [settings["accessKeyId"], settings["accessKeySecret"]]
    token = settings.get("securityToken")
    seconds = settings["timeoutMs"] / 1000
    client = AcsClient(
        region_id=settings["regionId"],
        credential=AccessKeyCredential(*key) if token is None else StsTokenCredential(*key, token),
        timeout=seconds,
        connect_timeout=seconds,
        auto_retry=False,
        verify=True,
    )

    def perform(operation, params):
        # DescribeRegions has no such parameter: there it changes nothing.
        if "RegionId" not in params and operation != "DescribeRegions":
            raise Inexpressible("aliyun-python-sdk-core adds its own region to a call without RegionId")
        request = request_for(operation, settings)
        # Its setters do the same; this also takes names that it has no setter for.
        for name, value in params.items():
            request.add_query_param(name, value)
        try:
            # Returns the bytes of any 2xx, and no status.
            return {"kind": "returned", "body": json.loads(client.do_action_with_exception(request))}
        except ServerException as error:
            # What was no JSON has neither code nor request id of the server's.
            read = error.get_error_code() != "SDK.UnknownServerError"
            told = (
                {"code": error.get_error_code(), "requestId": error.get_request_id()}
                if read
                else {"failure": "unreadable"}
            )
            return {"kind": "threw", "error": described(error, status=error.get_http_status(), **told)}
        except Exception as error:  # whatever a caller would see is an answer
            return {"kind": "threw", "error": described(error, failure=failure_of(error))}

    return perform


if __name__ == "__main__":
    serve(open_library, "aliyun-python-sdk-core", version("aliyun-python-sdk-core") + " + vpc " + version("aliyun-python-sdk-vpc"))

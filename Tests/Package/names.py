"""A name server for one network without any: answers every question for the address of database.internal, and knows no other name."""

import socket

NAME = b"\x08database\x08internal\x00"

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.53", 53))
print("ready", flush=True)
while True:
    message, client = server.recvfrom(512)
    end = message.index(b"\0", 12) + 5
    question = message[12:end]
    known = question[:-4].lower() == NAME
    # An IPv4 address; there are no IPv6 ones.
    has_answer = known and question[-4:] == b"\0\x01\0\x01"
    answer = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x7f\0\0\x01" if has_answer else b""
    flags = b"\x81\x80" if known else b"\x81\x83"
    server.sendto(message[:2] + flags + b"\0\x01" + (b"\0\x01" if has_answer else b"\0\0") + b"\0\0\0\0" + question + answer, client)

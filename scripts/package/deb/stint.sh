#!/bin/sh
exec /usr/lib/stint/node /usr/lib/stint/dist/stint.cjs "$@"
